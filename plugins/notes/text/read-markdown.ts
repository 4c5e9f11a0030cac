import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { toString as wordsOf } from 'mdast-util-to-string';
import { gfm } from 'micromark-extension-gfm';
import { attachmentOf, type Reading } from './reading.ts';
import { scanLines } from './scan-lines.ts';
import { tagsIn } from './tags.ts';

type Node = {
  type: string;
  value?: string;
  url?: string;
  checked?: boolean | null;
  children?: Node[];
  position?: { start: { offset?: number }; end: { offset?: number } };
};

// Parsing Markdown takes more than twice as long for twice the text, and deep nesting takes seconds, in which nobody else
// is answered. What is longer or deeper than people write is read line by line instead (scan-lines.ts).
const mostParsed = 16_000;
const deep = /^(?:[ \t]*(?:>|[-*+]|\d{1,9}[.)])){10}|^[ \t]{60}|^(?:[^|\n]*\|){60}/m;
const tangled = /(?:[*_~[\]`!<(]){100}/;

const parse = (text: string): Node =>
  fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }) as Node;

export const isPlainEnough = (text: string): boolean =>
  text.length <= mostParsed && !deep.test(text) && !tangled.test(text);

/** Reads a note’s text: words, tags, checklist, pictures. Code and addresses hold no tags. */
export function readMarkdown(text: string): Reading {
  if (!isPlainEnough(text)) return scanLines(text);
  const reading: Reading = { plain: '', tags: [], items: [], pictures: [] };
  const lines: string[] = [];
  walk(parse(text), reading, lines, 0);
  reading.plain = lines.join('\n');
  reading.tags = [...new Set(reading.tags)];
  return reading;
}

const leaves = new Set(['paragraph', 'heading', 'code', 'html', 'tableCell']);

function walk(node: Node, reading: Reading, lines: string[], depth: number): void {
  if (node.type === 'listItem' && typeof node.checked === 'boolean') {
    const [first] = node.children ?? [];
    reading.items.push({ text: first ? wordsOf(first as never).trim() : '', done: node.checked, depth });
  }
  if (leaves.has(node.type)) {
    const words = wordsOf(node as never, { includeImageAlt: false }).trim();
    if (words !== '') lines.push(words);
    if (node.type !== 'code') inline(node, reading);
    return;
  }
  const below = node.type === 'listItem' ? depth + 1 : depth;
  for (const child of node.children ?? []) walk(child, reading, lines, below);
}

function inline(node: Node, reading: Reading): void {
  if (node.type === 'text') reading.tags.push(...tagsIn(node.value ?? ''));
  const picture = node.type === 'image' ? attachmentOf(node.url ?? '') : undefined;
  if (picture) reading.pictures.push(picture);
  // The text of a bare address is the address.
  if (node.type === 'link' || node.type === 'linkReference') return;
  for (const child of node.children ?? []) inline(child, reading);
}

/** Where running text stands in the source, as [start, end): neither code nor addresses. */
export function runningText(text: string): [number, number][] {
  const spans: [number, number][] = [];
  const visit = (node: Node): void => {
    const { start, end } = node.position ?? {};
    if (node.type === 'text' && start?.offset !== undefined && end?.offset !== undefined)
      spans.push([start.offset, end.offset]);
    if (node.type === 'link' || node.type === 'linkReference') return;
    node.children?.forEach(visit);
  };
  visit(parse(text));
  return spans;
}
