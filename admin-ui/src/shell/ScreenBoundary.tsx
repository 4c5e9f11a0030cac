import { FailedScreen } from '@task-connect/console';
import { Component, type ReactNode } from 'react';
import { syncPluginScreens } from '../plugin-screens.ts';
import { t } from '../t.ts';
import { isLoadFailure } from './load-failure.ts';
import css from './shell.module.css';

type ScreenBoundaryProps = {
  title: string;
  /** Another key is another page: what failed before is forgotten. */
  resetKey: string;
  /** Says nothing in the place of what failed; for small things. */
  silent?: boolean;
  /** It is the whole page. */
  page?: boolean;
  /** Brings the files of a plugin anew; the reset key then changes. Without it the whole tab is loaded again. */
  reload?: (() => void) | undefined;
  children: ReactNode;
};

/** Holds what throws within it, so that the rest of the console goes on. React knows this as a class only. */
export class ScreenBoundary extends Component<ScreenBoundaryProps, { error: unknown }> {
  override state: { error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override componentDidUpdate(before: ScreenBoundaryProps) {
    if (before.resetKey !== this.props.resetKey && this.state.error !== undefined) this.setState({ error: undefined });
  }

  override render() {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    if (this.props.silent) return null;
    const failed = (
      <FailedScreen
        title={this.props.title}
        reason={reasonOf(error)}
        retry={() => {
          // A browser keeps the failure of an address: only another one is asked for, or this one by another page.
          if (!isLoadFailure(error)) this.setState({ error: undefined });
          else if (this.props.reload) this.props.reload();
          else void reloadTab();
        }}
      />
    );
    return this.props.page ? <div className={css.failed}>{failed}</div> : failed;
  }
}

/** Not while the server is away: the browser would put a page of its own in the place of everything. */
const reloadTab = () =>
  syncPluginScreens().then(
    () => location.reload(),
    () => undefined,
  );

function reasonOf(error: unknown): string {
  if (isLoadFailure(error)) return t('A file of it did not come; a new version may just have been put in place.');
  return error instanceof Error ? error.message : String(error);
}
