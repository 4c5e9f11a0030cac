import { isValidElement, type ReactNode } from 'react';
import { Person } from '../kit/Person.tsx';
import { decimalOf } from '../money/format.ts';
import { Money } from '../money/Money.tsx';
import { DateTime, Day } from '../time/DateTime.tsx';
import { Duration } from '../time/Duration.tsx';

type Props = Record<string, unknown> & { children?: ReactNode };

// What the kit draws for a person is written here for a program: whole instants, plain decimals.
const written = new Map<unknown, (props: Props) => string>([
  [DateTime, ({ at }) => String(at)],
  [Day, ({ date }) => String(date)],
  [Duration, ({ seconds }) => String(seconds)],
  [Person, ({ name }) => String(name)],
  [Money, ({ amount, currency }) => `${decimalOf(amount as number, String(currency))} ${currency}`],
]);

/** What a cell says, without how it looks; columns that draw something of their own give `text`. */
export function cellText(node: ReactNode): string {
  if (typeof node === 'string' || typeof node === 'number' || typeof node === 'bigint') return String(node);
  if (Array.isArray(node)) return node.map(cellText).join('');
  if (!isValidElement<Props>(node)) return '';
  return written.get(node.type)?.(node.props) ?? cellText(node.props.children);
}
