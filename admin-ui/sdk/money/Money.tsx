import { useTimeStyle } from '../time/now.ts';
import { decimalOf, moneyText } from './format.ts';
import css from './money.module.css';

type MoneyProps = {
  /** In minor units (ISO 4217): 1234 is 12.34 EUR, and 1,234 JPY. */
  amount: number | bigint;
  currency: string;
  className?: string;
};

/** An amount of money, as the person’s locale writes it. */
export function Money({ amount, currency, className = '' }: MoneyProps) {
  const { locale } = useTimeStyle();
  return (
    <data
      value={`${decimalOf(amount, currency)} ${currency}`}
      className={`${css.money} ${BigInt(Math.round(Number(amount))) === 0n ? css.zero : ''} ${className}`}
    >
      {moneyText(amount, currency, locale)}
    </data>
  );
}
