export { type Answer, type Client, makeClient } from './client.ts';
export { type ManualClock, machineClock, manualClock } from './clock.ts';
export { makeTestPlatform, type Role, type TestPlatform } from './platform.ts';
export { migrationRoundTrip, type RoundTrip } from './round-trip.ts';
