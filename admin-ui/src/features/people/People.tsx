import { Page } from '@task-connect/console';
export function People() {
  return <Page title="People" />;
}
