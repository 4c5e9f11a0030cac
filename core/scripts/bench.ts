// `npm run bench` prints the tables of docs/performance.md; `-- --services` those on the real servers, `-- --events`
// what events take, `-- --profile` where the time goes, `-- --tasks` what a hundred thousand tasks cost.
const modes: Record<string, string> = {
  '--profile': '../bench/bench-profile.ts',
  '--events': '../bench/bench-events.ts',
  '--tasks': '../bench/bench-tasks.ts',
};
const mode = process.argv.find((argument) => argument in modes);
await import(mode ? modes[mode]! : '../bench/bench.ts');
