import { Button, confirm, Dialog, DialogActions, Notice, refresh } from '@task-connect/console';
import { liveState, onSignedOut, useStore } from '@task-connect/console/shell';
import { useEffect, useState } from 'react';
import { newVersion } from '../plugin-screens.ts';
import { loginAddress } from '../sign-in.ts';
import { t } from '../t.ts';
import { hasTyped } from '../typed.ts';
import { ZoneNotice } from './ZoneNotice.tsx';

/** What concerns the whole tab: the connection, a new version, a session that ended. Nothing typed is lost by any. */
export function ShellNotices() {
  const live = useStore(liveState);
  const newer = useStore(newVersion);
  return (
    <>
      {live === false && <Disconnected />}
      {newer && (
        <Notice
          kind="warn"
          title={t('There is a new version of the console.')}
          actions={<Button onClick={() => void reloadTab()}>{t('Reload')}</Button>}
        >
          <p>{t('Save what you are writing, then reload. Until then this tab goes on as it is.')}</p>
        </Notice>
      )}
      <ZoneNotice />
      <SignInAgain />
    </>
  );
}

/** Asks first where something stands in a field that is saved nowhere. */
async function reloadTab(): Promise<void> {
  const lost = hasTyped()
    ? await confirm({
        title: t('Reload now?'),
        consequences: [t('What you have typed on this page and not saved is lost.')],
        keep: t('Not yet'),
        act: t('Reload'),
        danger: true,
      })
    : true;
  if (lost) location.reload();
}

/** Shown after some seconds only: a restart of the server is shorter than reading about it. */
function Disconnected() {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 4000);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  return (
    <Notice kind="warn" title={t('There is no connection to the server.')}>
      <p>{t('What you see may be old. It comes back by itself; what you typed stays.')}</p>
    </Notice>
  );
}

function SignInAgain() {
  const [signedOut, setSignedOut] = useState(false);
  useEffect(() => onSignedOut(() => setSignedOut(true)), []);
  if (!signedOut) return null;
  const goOn = async () => {
    setSignedOut(false);
    await refresh('/api');
  };
  return (
    <Dialog title={t('Sign in again to go on')} onClose={() => setSignedOut(false)}>
      <p>{t('Your session has ended. What you typed is kept: sign in in the new tab, then come back to this one.')}</p>
      <DialogActions>
        <Button onClick={goOn}>{t('I am signed in')}</Button>
        <Button component="a" variant="filled" href={loginAddress()} target="_blank" rel="noopener">
          {t('Sign in')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
