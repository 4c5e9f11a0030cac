/** A rate with one place: `6.2`, `0.0`; whole from a hundred on. */
export const rateText = (perMinute: number): string => {
  const digits = perMinute >= 100 ? 0 : 1;
  return perMinute.toLocaleString(undefined, { minimumFractionDigits: digits, maximumFractionDigits: digits });
};
