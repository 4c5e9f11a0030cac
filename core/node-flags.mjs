// How Node runs the platform: measured in docs/performance.md (“Memory”). Read by bootstrap.mjs and by the bench, so that
// what is measured is what runs.

export const nodeFlags = [
  '--disable-warning=ExperimentalWarning',
  // A smaller nursery than the default of 16: some 10 MB less at rest at no cost; with 4 a tenth of the speed is lost.
  '--max-semi-space-size=8',
];

export const nodeEnvironment = {
  // glibc keeps an arena for each thread otherwise, and gives little of it back.
  MALLOC_ARENA_MAX: '2',
};
