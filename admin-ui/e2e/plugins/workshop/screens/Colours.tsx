import { faultAt } from './fault.ts';

export function Colours() {
  faultAt('settings');
  return <p>Green, and a little brown.</p>;
}
