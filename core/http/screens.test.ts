import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stylesOf } from './screens.ts';

test('the styles of screens are also those of chunks that they share with pages that come later, each once', () => {
  const manifest = {
    'screens/index.tsx': { file: 'plugin.js', isEntry: true, css: ['plugin.css'], imports: ['_row.js', '_bar.js'] },
    '_row.js': { file: 'row.js', css: ['row.css'], imports: ['_bar.js'] },
    '_bar.js': { file: 'bar.js', css: ['bar.css'], imports: ['_row.js'] },
    'screens/late.tsx': { file: 'late.js', css: ['late.css'], imports: ['_row.js'] },
  };
  assert.deepEqual(stylesOf(manifest, 'screens/index.tsx'), ['bar.css', 'row.css', 'plugin.css']);
  assert.deepEqual(stylesOf(manifest, 'nothing'), []);
});
