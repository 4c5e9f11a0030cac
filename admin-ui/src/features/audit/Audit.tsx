import '../../operator-font.ts';
import { Page } from '@task-connect/console';
export function Audit() {
  return <Page title="Audit" />;
}
