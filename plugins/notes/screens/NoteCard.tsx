import { Icon, Link, PersonMark } from '@task-connect/console';
import css from './note-card.module.css';
import type { NoteCard as Card } from './queries.ts';
import { t } from './t.ts';
import { useFile } from './use-file.ts';

type NoteCardProps = {
  card: Card;
  to: string;
  open: boolean;
  /** Whom it is shared with, as far as they are known by name. */
  people: readonly string[];
};

/** One note on the wall: paper, title, what it says, its checks, its picture. */
export function NoteCard({ card, to, open, people }: NoteCardProps) {
  const { preview, title, labels, found } = card;
  const name = title || preview.text.slice(0, 60) || preview.items[0]?.text || t('A note without words');
  return (
    <article className={css.card} data-paper={card.colour ?? undefined} data-open={open || undefined} dir="auto">
      {card.pinned && (
        <span className={css.pin} title={t('Pinned')}>
          <Icon name="pin-filled" size={14} />
        </span>
      )}
      {title && <h3>{title}</h3>}
      {/* The link lies over the whole card, and is named by what the card says. */}
      <Link className={css.link} to={to} aria-label={name} aria-current={open ? 'true' : undefined} />
      {found ? <Snippet pieces={found} /> : preview.text && <p className={css.text}>{preview.text}</p>}
      {!found && <CardChecks preview={preview} />}
      {!found && preview.picture && <CardPicture note={card.id} file={preview.picture} />}
      {(labels.length > 0 || people.length > 0 || card.attachments > 0) && (
        <footer>
          {labels.slice(0, 4).map((label) => (
            <span key={label}>#{label}</span>
          ))}
          {card.attachments > 0 && !preview.picture && (
            <span title={t({ one: 'One file', other: '{count} files' }, { count: card.attachments })}>
              <Icon name="paperclip" size={13} />
            </span>
          )}
          <span className={css.people}>
            {people.slice(0, 3).map((person) => (
              <PersonMark key={person} name={person} size={18} />
            ))}
          </span>
        </footer>
      )}
    </article>
  );
}

function CardChecks({ preview }: { preview: Card['preview'] }) {
  const { items, itemsTotal } = preview;
  if (items.length === 0) return null;
  return (
    <ul className={css.checks}>
      {items.map((item, i) => (
        <li key={`${i} ${item.text}`} data-done={item.done || undefined} data-depth={Math.min(item.depth, 2)}>
          <span className={css.box} role="img" aria-label={item.done ? t('Done') : t('To do')}>
            {item.done && <Icon name="check" size={11} />}
          </span>
          <span>{item.text}</span>
        </li>
      ))}
      {itemsTotal > items.length && (
        <li className={css.more}>{t('and {count} more', { count: itemsTotal - items.length })}</li>
      )}
    </ul>
  );
}

function CardPicture({ note, file }: { note: string; file: string }) {
  const address = useFile(note, file);
  if (address === null) return null;
  return <div className={css.picture}>{address && <img src={address} alt="" />}</div>;
}

function Snippet({ pieces }: { pieces: NonNullable<Card['found']> }) {
  return (
    <p className={css.text}>
      {pieces.map((piece, i) => (piece.found ? <mark key={i}>{piece.text}</mark> : piece.text))}
    </p>
  );
}
