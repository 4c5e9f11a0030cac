import { Page } from '@task-connect/console';
export function Profile() {
  return <Page title="Profile" />;
}
