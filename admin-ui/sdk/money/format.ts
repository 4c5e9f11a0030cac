// Amounts are whole numbers of a currency’s minor unit (ISO 4217): 1234 EUR is 12.34, 1234 JPY is 1,234.

const formats = new Map<string, Intl.NumberFormat>();

function format(locale: string, currency: string): Intl.NumberFormat | undefined {
  const key = `${locale} ${currency}`;
  const known = formats.get(key);
  if (known) return known;
  // A code that is none has no format; the amount is still shown.
  if (!/^[A-Za-z]{3}$/.test(currency)) return undefined;
  const made = new Intl.NumberFormat(locale, { style: 'currency', currency });
  formats.set(key, made);
  return made;
}

/** How many digits of the minor unit a currency has: EUR 2, JPY 0, KWD 3. */
export const minorDigits = (currency: string): number =>
  format('en', currency)?.resolvedOptions().maximumFractionDigits ?? 2;

/** An amount as a plain decimal, exact to the last digit: `-12.34`. */
export function decimalOf(amount: number | bigint, currency: string): string {
  const whole = BigInt(typeof amount === 'number' ? Math.round(amount) : amount);
  const digits = minorDigits(currency);
  const sign = whole < 0n ? '-' : '';
  const text = String(whole < 0n ? -whole : whole).padStart(digits + 1, '0');
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** An amount as a person reads it: `€12.34`, `12,34 €`. */
export function moneyText(amount: number | bigint, currency: string, locale: string): string {
  // As text, since a number of many digits would lose the last ones.
  const decimal = decimalOf(amount, currency) as `${number}`;
  return format(locale, currency)?.format(decimal) ?? `${decimal} ${currency}`;
}
