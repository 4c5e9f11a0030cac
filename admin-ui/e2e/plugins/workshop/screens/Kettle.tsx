import { faultAt } from './fault.ts';

export function Kettle() {
  faultAt('widget');
  return <p>The kettle is on.</p>;
}
