import { Status } from '@task-connect/console';
import { t } from '../../t.ts';
import type { Account } from './queries.ts';

/** How an account stands, in one word. */
export function AccountState({ account: { active, addressVerified } }: { account: Account }) {
  if (!active) return <Status kind="off">{t('deactivated')}</Status>;
  return addressVerified ? (
    <Status kind="ok">{t('active')}</Status>
  ) : (
    <Status kind="warn">{t('address not verified')}</Status>
  );
}
