import { setQuery } from '@task-connect/console';
import css from './events.module.css';
import { toneOf } from './map-layout.ts';
import { QueueFact } from './QueueFact.tsx';
import type { EventMap } from './queries.ts';

/** The map where there is no room for one: a line for each queue, with who says and who handles. */
export function QueueList({ map, chosen }: { map: EventMap; chosen: string | null }) {
  const looks = new Map(map.plugins.map((plugin) => [plugin.id, plugin]));
  const titleOf = (id: string) => looks.get(id)?.title ?? id;
  return (
    <ul className={css.queues}>
      {map.queues.map((queue) => {
        const says = map.publishes
          .filter(({ type }) => queue.types.includes(type))
          .map(({ plugin }) => titleOf(plugin));
        const handles = map.handlers.filter((each) => each.queue === queue.queue).map(({ handler }) => handler);
        const tone = toneOf(queue, looks.get(queue.plugin)?.on ?? false);
        return (
          <li key={queue.queue} data-tone={tone}>
            <button
              type="button"
              aria-pressed={queue.queue === chosen}
              onClick={() => setQuery({ queue: queue.queue === chosen ? null : queue.queue })}
            >
              <code>{queue.queue}</code>
              <QueueFact queue={{ ...queue, tone }} />
              <small>
                {says.length > 0 && `${says.join(', ')} → `}
                {handles.join(', ')}
              </small>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
