import { type Keys, mustBeWritable, readKeys, writeKeys } from './key-file.ts';
import { type Ask, makeAsk, untilItAnswers } from './vault-api.ts';

// From whatever state Vault is in to one that is unsealed, with a token that may set it up.

type SealStatus = { initialized: boolean; sealed: boolean };

export type Opened = { ask: Ask; keys: Keys; done: string[] };

export async function openVault(given: { url: string; keyFile: string }): Promise<Opened> {
  const { url, keyFile } = given;
  const anybody = makeAsk(url);
  const done: string[] = [];
  const status = (await untilItAnswers(() => anybody<SealStatus>('GET', 'sys/seal-status')))!;
  let keys = readKeys(keyFile);
  if (!status.initialized) {
    if (keys)
      throw new Error(`Vault is empty, and ${keyFile} is of another one. Restore Vault’s data, or move the file away.`);
    mustBeWritable(keyFile);
    const made = (await anybody<{ keys_base64: string[]; root_token: string }>('PUT', 'sys/init', {
      secret_shares: 1,
      secret_threshold: 1,
    }))!;
    keys = { unsealKey: made.keys_base64[0]!, rootToken: made.root_token };
    writeKeys(keyFile, keys);
    done.push(`initialised; the key is in ${keyFile}`);
  }
  if (!keys)
    throw new Error(
      `Vault is initialised and ${keyFile} is not there. Put the file back: without it nothing opens Vault.`,
    );
  if (status.sealed || !status.initialized) {
    await untilItAnswers(() => anybody('PUT', 'sys/unseal', { key: keys.unsealKey }));
    done.push('unsealed');
  }
  await untilItAnswers(() => anybody('GET', 'sys/health'));
  const token = keys.rootToken ?? (await logIn(anybody, keys, keyFile));
  return { ask: makeAsk(url, token), keys, done };
}

async function logIn(ask: Ask, { setUp }: Keys, keyFile: string): Promise<string> {
  if (!setUp) throw new Error(`${keyFile} holds no login. Add a root token as "rootToken" and run this again.`);
  const body = { role_id: setUp.roleId, secret_id: setUp.secretId };
  const answer = await untilItAnswers(() =>
    ask<{ auth: { client_token: string } }>('POST', 'auth/approle/login', body),
  );
  return answer!.auth.client_token;
}
