import { Page } from '@task-connect/console';
export function Organisation() {
  return <Page title="Organisation" />;
}
