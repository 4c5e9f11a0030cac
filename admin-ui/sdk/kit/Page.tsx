import { type ReactNode, useEffect } from 'react';
import { Link } from '../route/Link.tsx';
import { crumbs } from './crumbs.ts';
import { Icon } from './Icon.tsx';
import css from './page.module.css';

type PageProps = {
  /** The one h1, and the title of the tab: how things stand, or what this is. */
  title: string;
  /** A sentence below it. */
  summary?: ReactNode;
  actions?: ReactNode;
  /** Where the page is; its own title is added unless it is `here`. */
  path?: readonly { title: string; to?: string }[];
  /** The last crumb, where the title is a sentence. */
  here?: string;
  /** Tables and boards use the whole width. */
  fill?: boolean;
  children?: ReactNode;
};

/** A page of the console: one heading, a sentence, actions, and what it is about. */
export function Page({ title, summary, actions, path, here, fill, children }: PageProps) {
  useCrumbs(here ?? title, path);
  return (
    <div className={fill ? `${css.page} ${css.fill}` : css.page}>
      <header className={css.head}>
        <div>
          <BackLink path={path} />
          <h1>{title}</h1>
          {summary && <p className={css.summary}>{summary}</p>}
        </div>
        {actions && <div className={css.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** On a telephone there is no bar above that leads back. */
export function BackLink({ path = [] }: { path?: PageProps['path'] }) {
  const back = path.findLast((crumb) => crumb.to);
  if (!back?.to) return null;
  return (
    <Link className={css.back} to={back.to}>
      <Icon name="chevron-left" size={15} />
      {back.title}
    </Link>
  );
}

/** Names the place in the top bar and in the tab; for pages that are laid out in another way. */
export function useCrumbs(here: string, path: PageProps['path'] = []): void {
  const trail = JSON.stringify([...path, { title: here }]);
  useEffect(() => {
    crumbs.set(JSON.parse(trail));
    document.title = `${here} · Task Connect`;
  }, [trail, here]);
}

type SectionProps = { title: string; note?: ReactNode; children: ReactNode; className?: string | undefined };

/** A head over an ink rule, then rows. */
export function Section({ title, note, children, className = '' }: SectionProps) {
  return (
    <section className={`${css.section} ${className}`}>
      <div className={css.sectionHead}>
        <h2>{title}</h2>
        {note && <span className={css.note}>{note}</span>}
      </div>
      {children}
    </section>
  );
}
