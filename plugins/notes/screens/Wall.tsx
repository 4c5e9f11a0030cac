import { useMe, useMembers, usePlace } from '@task-connect/console';
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { columnsFor, inColumns } from './masonry.ts';
import { NoteCard } from './NoteCard.tsx';
import type { NoteCard as Card } from './queries.ts';
import css from './wall.module.css';

/** Cards in columns, under a head where there are several walls. */
export function Wall({
  title,
  cards,
  open,
}: {
  title?: string | undefined;
  cards: readonly Card[];
  open: string | undefined;
}) {
  const [wall, width] = useWidth();
  const members = useMembers();
  const me = useMe();
  const { query } = usePlace();
  const search = query.size > 0 ? `?${query}` : '';
  const nameOf = (id: string) => members?.find(({ person }) => person === id)?.name;
  const peopleOf = (card: Card) =>
    [card.owner, ...card.sharedWith.map(({ id }) => id)]
      .filter((id) => id !== me.id)
      .map((id) => nameOf(id) ?? me.organisations.find((one) => one.id === id)?.name)
      .filter((name) => name !== undefined);
  return (
    <section aria-label={title}>
      {title && <h2 className={css.head}>{title}</h2>}
      <div className={css.wall} ref={wall}>
        {width > 0 &&
          inColumns(cards, columnsFor(width)).map((column, i) => (
            <div key={i} className={css.column}>
              {column.map((card) => (
                <NoteCard
                  key={card.id}
                  card={card}
                  to={`/notes/${card.id}${search}`}
                  open={card.id === open}
                  people={peopleOf(card)}
                />
              ))}
            </div>
          ))}
      </div>
    </section>
  );
}

function useWidth(): [RefObject<HTMLDivElement | null>, number] {
  const element = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const measure = () => setWidth(element.current!.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element.current!);
    return () => observer.disconnect();
  }, []);
  return [element, width];
}
