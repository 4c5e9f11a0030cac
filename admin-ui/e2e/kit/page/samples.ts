// What the scenes show. It looks like something that was measured and is not.

/** A value a minute, up and down around one; null where none is known. */
export const wave = (count: number, around: number, missing: readonly number[] = []) =>
  Array.from({ length: count }, (_, minute) => ({
    at: Temporal.Instant.from('2027-01-12T08:42:00Z').add({ minutes: minute }).toString(),
    value: missing.includes(minute)
      ? null
      : Math.round(around * (1 + 0.3 * Math.sin(minute / 5) + ((minute * 7) % 10) / 40)),
  }));

export const projects = [
  { key: 'h', label: 'Harbour Hotel lobby', values: { done: 61.5, left: 14 } },
  { key: 's', label: 'Spring price list', values: { done: 8, left: 2.5 } },
  { key: 'm', label: 'Move to Quay Street', values: { done: 0, left: 12 } },
];

export const hours = Array.from({ length: 31 }, (_, day) => ({
  key: String(day + 1),
  label: `${day + 1} Jan`,
  values: { h: day % 7 > 4 ? 0 : 5 + ((day * 5) % 4) },
}));

export const refused = {
  type: 'https://example.test/problems/tasks/timer-running',
  status: 409,
  title: 'A timer runs',
  detail: 'Stop the timer on “Cut webbing, chairs 9–16” first.',
  instance: '7f3a91c2',
};
