import { Button } from '@mantine/core';
import { useState } from 'react';
import { TextDiff } from '../diff/TextDiff.tsx';
import { translator } from '../words/t.ts';
import { Notice } from './Notice.tsx';

const t = translator('console');

type OvertakenNoticeProps = {
  /** “Wanda changed this note while you wrote.” */
  title: string;
  /** What is saved now. */
  theirs: string;
  /** What was typed here. */
  mine: string;
  /** Shows theirs instead of mine. */
  onTake(): void;
  /** Saves mine over theirs, now that both were seen. */
  onKeep?(): void;
};

/** After a 412: somebody saved in between. Nothing is lost; both texts are shown before one of them is chosen. */
export function OvertakenNotice({ title, theirs, mine, onTake, onKeep }: OvertakenNoticeProps) {
  const [both, setBoth] = useState(false);
  return (
    <Notice
      kind="warn"
      title={title}
      actions={
        both ? (
          <>
            <Button onClick={onTake}>{t('Take theirs')}</Button>
            {onKeep && <Button onClick={onKeep}>{t('Save mine')}</Button>}
          </>
        ) : (
          <Button onClick={() => setBoth(true)}>{t('Show both')}</Button>
        )
      }
    >
      {both ? (
        <>
          <p>{t('Struck is theirs alone, marked is yours alone.')}</p>
          <TextDiff before={theirs} after={mine} />
        </>
      ) : (
        <p>{t('Your text is kept. Look at both before you save.')}</p>
      )}
    </Notice>
  );
}
