/** A sentence in which names of the API stand between backticks. */
export function Prose({ text }: { text: string }) {
  return text
    .split('`')
    .map((part, at) => ({ key: `${at} ${part}`, part, isName: at % 2 === 1 }))
    .map(({ key, part, isName }) => (isName ? <code key={key}>{part}</code> : part));
}
