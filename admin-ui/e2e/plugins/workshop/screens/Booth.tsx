import { DateTime, Page, useParam } from '@task-connect/console';
import { faultAt } from './fault.ts';

export function Booth() {
  faultAt('public');
  return (
    <Page title={`Booth ${useParam('booth')}`}>
      <p>
        Open until <DateTime at="2027-01-12T17:00:00Z" />
      </p>
    </Page>
  );
}
