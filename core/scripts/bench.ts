// `npm run bench` prints the tables of docs/performance.md; `-- --profile` prints where the time goes instead.
await import(process.argv.includes('--profile') ? '../bench/bench-profile.ts' : '../bench/bench.ts');
