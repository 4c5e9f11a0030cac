const words: Record<string, string> = {
  name: 'the name',
  notes: 'the notes',
  parent: 'where it belongs',
  archived: 'whether it is archived',
  members: 'the members',
};

const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

/** Who changed what of a project. */
export function newsSentence(names: readonly string[], changed: readonly string[]): string {
  const who = names.length > 3 ? `${names.length} people` : listed([...names].sort()) || 'Somebody';
  const what = Object.keys(words).filter((field) => changed.includes(field));
  return `${who} changed ${listed(what.map((field) => words[field]!))}.`;
}
