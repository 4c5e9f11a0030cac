import type { z } from 'zod';

// Writes a response from its schema: a function is made once per route that copies what the schema declares and
// nothing else, then the engine's own JSON.stringify writes it. Measured on a page of 20 tasks: 12 µs, against 21 µs
// for fast-json-stringify on a simplified schema, 30 µs on zod's, and 10 µs for JSON.stringify alone.

export type Serialize = (value: unknown) => string;

/** A function that writes what `schema` declares and leaves out everything else. */
export function compileSerializer(schema: z.ZodType): Serialize {
  const program = makeProgram();
  const pick = program.pick(schema);
  if (pick === undefined) return JSON.stringify as Serialize;
  const source = `'use strict';\n${program.lines.join('\n')}\nreturn (value) => JSON.stringify(${pick}(value));`;
  return new Function('noOption', ...program.names, source)(noOption, ...program.values) as Serialize;
}

function noOption(what: string): never {
  throw new Error(`The handler’s answer fits none of the shapes that its route declares (${what}).`);
}

type Program = {
  lines: string[];
  names: string[];
  values: unknown[];
  /** The name of the function that copies what the schema declares; undefined when there is nothing to leave out. */
  pick(schema: z.core.$ZodType): string | undefined;
};

type Def = z.core.$ZodTypes['_zod']['def'];

function makeProgram(): Program {
  const made = new Map<z.core.$ZodType, string | undefined>();
  const program: Program = { lines: [], names: [], values: [], pick };
  let count = 0;
  return program;

  function pick(schema: z.core.$ZodType): string | undefined {
    if (made.has(schema)) return made.get(schema);
    const name = `pick${count++}`;
    // Said before the parts are looked at, so that a schema that holds itself finds its own name.
    made.set(schema, name);
    const line = lineOf((schema as z.core.$ZodTypes)._zod.def, name);
    if (line?.startsWith('function ')) {
      program.lines.push(line);
      return name;
    }
    // Parts that hold it call it by this name, so the name must do what the one behind it does.
    program.lines.push(`function ${name}(v) { return ${called(line === name ? undefined : line, 'v')}; }`);
    made.set(schema, line);
    return line;
  }

  /** A function’s source, or the name of one that does, or undefined when all may pass as it is. */
  function lineOf(def: Def, name: string): string | undefined {
    switch (def.type) {
      case 'object':
        return objectLine(def, name);
      case 'array': {
        const item = pick(def.element);
        return item && `function ${name}(v) { return Array.isArray(v) ? v.map(${item}) : v; }`;
      }
      case 'tuple': {
        const items = def.items.map((item) => pick(item));
        const rest = def.rest ? pick(def.rest) : undefined;
        if (rest === undefined && items.every((item) => item === undefined)) return undefined;
        const cases = items.map((item, index) => `case ${index}: return ${called(item, 'item')};`).join(' ');
        return `function ${name}(v) { return v == null ? v : v.map((item, index) => { switch (index) { ${cases} default: return ${called(rest, 'item')}; } }); }`;
      }
      case 'record': {
        const item = pick(def.valueType);
        return (
          item &&
          `function ${name}(v) { return v == null ? v : Object.fromEntries(Object.entries(v).map(([k, item]) => [k, ${item}(item)])); }`
        );
      }
      case 'union':
        return unionLine(def, name);
      case 'intersection': {
        const [left, right] = [pick(def.left), pick(def.right)];
        return left && right && `function ${name}(v) { return v == null ? v : { ...${left}(v), ...${right}(v) }; }`;
      }
      case 'lazy':
        return pick(def.getter());
      case 'pipe':
        // The handler gives what goes in; nothing is transformed on the way out.
        return pick(def.in);
      case 'optional':
      case 'nullable':
      case 'default':
      case 'prefault':
      case 'nonoptional':
      case 'readonly':
      case 'catch':
        return pick(def.innerType);
      default:
        return undefined;
    }
  }

  function objectLine(def: z.core.$ZodObjectDef, name: string): string {
    const loose = def.catchall !== undefined && def.catchall._zod.def.type !== 'never';
    const fields = Object.entries(def.shape).map(([key, schema]) => {
      const quoted = JSON.stringify(key);
      // A plain "__proto__" in a literal would set the prototype instead of a field.
      return `${key === '__proto__' ? `[${quoted}]` : quoted}: ${called(pick(schema), `v[${quoted}]`)}`;
    });
    return `function ${name}(v) { return v == null ? v : { ${loose ? '...v, ' : ''}${fields.join(', ')} }; }`;
  }

  function unionLine(def: z.core.$ZodUnionDef, name: string): string | undefined {
    const options = def.options.map((option) => ({ pick: pick(option), test: testOf(option) }));
    if (options.every((option) => option.pick === undefined)) return undefined;
    // The shape that asks for more is tried first: { id, name } before { id }, else the name would be lost.
    const tried = options.toSorted((a, b) => b.test.weight - a.test.weight);
    const lines = tried.map((option) => `if (${option.test.source}) return ${called(option.pick, 'v')};`);
    return `function ${name}(v) { if (v == null) return v; ${lines.join(' ')} return noOption(typeof v); }`;
  }

  /** A condition in source that tells whether `v` is of this option, as far as its top level shows. */
  function testOf(option: z.core.$ZodType): { source: string; weight: number } {
    const inner = unwrapped(option);
    const { def } = (inner as z.core.$ZodTypes)._zod;
    if (def.type === 'union') {
      const tests = def.options.map(testOf);
      const weight = Math.max(...tests.map((test) => test.weight));
      return { source: tests.map((test) => `(${test.source})`).join(' || '), weight };
    }
    if (def.type === 'array' || def.type === 'tuple') return { source: 'Array.isArray(v)', weight: 1 };
    if (def.type === 'record') return { source: `typeof v === 'object' && !Array.isArray(v)`, weight: 0 };
    if (def.type !== 'object') return { source: `typeof v !== 'object'`, weight: 0 };
    const tests = [`typeof v === 'object'`, '!Array.isArray(v)'];
    for (const [key, schema] of Object.entries(def.shape)) {
      const field = `v[${JSON.stringify(key)}]`;
      const { def: fieldDef } = (schema as z.core.$ZodTypes)._zod;
      if (fieldDef.type === 'literal') tests.push(`${given([...fieldDef.values])}.includes(${field})`);
      else if (fieldDef.type === 'enum') tests.push(`${given(Object.values(fieldDef.entries))}.includes(${field})`);
      else if (schema._zod.optin !== 'optional') tests.push(`${field} !== undefined`);
    }
    return { source: tests.join(' && '), weight: tests.length };
  }

  function given(value: unknown): string {
    const name = `given${program.names.length}`;
    program.names.push(name);
    program.values.push(value);
    return name;
  }
}

const called = (pick: string | undefined, value: string): string => (pick === undefined ? value : `${pick}(${value})`);

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === 'lazy') return unwrapped(def.getter());
  if (def.type === 'pipe') return unwrapped(def.in);
  return 'innerType' in def && def.innerType ? unwrapped(def.innerType as z.core.$ZodType) : schema;
}
