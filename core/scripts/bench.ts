// `npm run bench` prints the tables of docs/performance.md; --profile also keeps a processor profile of the platform.
await import('../bench/bench.ts');
