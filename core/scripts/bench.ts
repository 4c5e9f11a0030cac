// `npm run bench` prints the tables of docs/performance.md; `-- --services` those on the real servers, `-- --events`
// what events take, `-- --profile` where the time goes.
const mode = process.argv.find((argument) => ['--profile', '--events'].includes(argument));
await import(
  mode === '--profile' ? '../bench/bench-profile.ts' : mode ? '../bench/bench-events.ts' : '../bench/bench.ts'
);
