// `npm run bench:console` prints the table of docs/performance.md: the first paint over a slow line, and what a key or a
// click takes in a list of 10,000 tasks.
await import('../bench/bench-console.ts');
