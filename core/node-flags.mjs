// How Node runs the platform: measured in docs/performance.md (“Memory”). Read by bootstrap.mjs and by the bench, so that
// what is measured is what runs.

export const nodeFlags = [
  '--disable-warning=ExperimentalWarning',
  // A small nursery: collected more often, but 20 MB less at rest and no difference in requests per second.
  '--max-semi-space-size=4',
];

export const nodeEnvironment = {
  // glibc keeps an arena for each thread otherwise, and gives little of it back.
  MALLOC_ARENA_MAX: '2',
};
