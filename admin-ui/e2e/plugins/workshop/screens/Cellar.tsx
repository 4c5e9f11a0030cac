import { Page } from '@task-connect/console';

export function Cellar() {
  return <Page title="Cellar" summary="It came in a file of its own." />;
}
