/** A size on disk: `812 kB`, `38 MB`. */
export const sizeText = (bytes: number): string =>
  bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1000)).toLocaleString()} kB`
    : `${Math.round(bytes / 1_000_000).toLocaleString()} MB`;
