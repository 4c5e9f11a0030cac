import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decimalOf, minorDigits, moneyText } from './format.ts';

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

test('amounts are minor units, and a currency has as many digits as ISO 4217 gives it', () => {
  assert.deepEqual(['EUR', 'JPY', 'KWD', 'no'].map(minorDigits), [2, 0, 3, 2]);
  assert.deepEqual(
    [decimalOf(1234, 'EUR'), decimalOf(-5, 'EUR'), decimalOf(1234, 'JPY'), decimalOf(7, 'KWD')],
    ['12.34', '-0.05', '1234', '0.007'],
  );
});

test('an amount is written as its reader’s locale does', () => {
  assert.equal(moneyText(123_456, 'EUR', 'en-GB'), '€1,234.56');
  assert.equal(plain(moneyText(123_456, 'EUR', 'de-DE')), '1.234,56 €');
  assert.match(plain(moneyText(123_456, 'CHF', 'de-CH')), /^CHF 1['’]234\.56$/);
  assert.equal(moneyText(100, 'nothing', 'en-GB'), '1.00 nothing');
});

test('no digit is lost, however large the amount', () => {
  assert.equal(moneyText(123_456_789_012_345_678_901n, 'EUR', 'en-GB'), '€1,234,567,890,123,456,789.01');
  fc.assert(
    fc.property(fc.bigInt(), fc.constantFrom('EUR', 'JPY', 'KWD'), (amount, currency) => {
      const [whole, part = ''] = decimalOf(amount, currency).split('.');
      assert.equal(part.length, minorDigits(currency));
      assert.equal(BigInt(`${whole}${part}`.replace('-', '')), amount < 0n ? -amount : amount);
    }),
  );
});
