/** Task Connect’s sign: two posts, and what runs between them. */
export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 22 22" fill="none" aria-hidden="true">
      <path d="M3 4v14M19 4v14" stroke="var(--ink)" strokeWidth="2" strokeLinecap="round" />
      <path d="M6.5 11h9" stroke="var(--accent)" strokeWidth="2" strokeLinecap="round" />
      <circle cx="11" cy="11" r="2.6" fill="var(--accent)" />
    </svg>
  );
}
