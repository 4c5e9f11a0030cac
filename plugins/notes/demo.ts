import type { Demo, DemoOrganisation } from '@task-connect/sdk';
import type { notes } from './contract.ts';
import type { Note, NoteCard } from './note/note.ts';

// What three firms have on their wall: kept by their owners, some of it shared with the house.

type Told = {
  title?: string;
  text: string;
  labels?: string[];
  colour?: NonNullable<NoteCard['colour']>;
  pinned?: boolean;
  shared?: boolean;
  /** A later text, so that there is a history. */
  later?: string;
};

const upholstery: Told[] = [
  {
    title: 'Harbour Hotel: fabric meeting',
    text: 'They want something that survives wet coats and still looks like the old lobby.',
    later: `They want something that survives wet coats and still looks like the old lobby. **Budget is 58 per metre**, 46 metres with the piping.

## Bring down from the loft

- [x] Bottle green mohair, two lengths
- [x] Wool check, the samples with the red line
- [x] Card of tacks, brass and black
- [ ] The chair we finished in March

## To ask

- Who cleans the lobby, and with what?
- Can we work on Sundays? The lift is free until 11:00.
- Is the fire certificate needed before or after covering?`,
    labels: ['harbour', 'fabric'],
    pinned: true,
    shared: true,
  },
  {
    title: 'Foam, what we use',
    text: 'Seat 35 kg/m³, back 25. Never below 30 for the hotel.',
    labels: ['prices'],
    colour: 'straw',
    pinned: true,
  },
  {
    title: 'Van keys',
    text: 'Hook by the back door. Tail lift fuse is in the glove box.',
    labels: ['van'],
    colour: 'sage',
    pinned: true,
  },
  {
    title: 'Move to Quay Street',
    text: '- [x] Measure the stairs\n- [x] Ask about three-phase\n- [ ] Cutting table in two parts?\n- [ ] Sign for the door',
    labels: ['move'],
  },
  { text: 'Tamblyn’s grandmother’s chair: keep the old nails, she wants them back in a jar.', colour: 'sky' },
  {
    title: 'Certificates, where they are',
    text: 'Folder 4, second shelf. Scans are attached; the 2025 one expires in May.',
    labels: ['harbour', 'fabric'],
    shared: true,
  },
  { title: 'Names for the spring list', text: '“Sit well again.” Or plainly: chairs, from 140.', colour: 'lilac' },
  {
    title: 'Suppliers',
    text: 'Jute: order by Tuesday for Friday. Horsehair takes nine days, not five.',
    labels: ['fabric'],
    colour: 'clay',
  },
  { text: 'Porter: Leif, before 9:00. Side door code is in Secrets.', labels: ['harbour'], colour: 'stone' },
  {
    title: 'Hours we forget to charge',
    text: 'Looking for matching thread. Carrying. Talking at the door, always twenty minutes.',
  },
  { text: '- [ ] Curved needles, 6 and 8\n- [ ] Beeswax\n- [x] Chalk', colour: 'straw' },
];

const boats: Told[] = [
  {
    title: 'Moisture, hull 14',
    text: 'Port 16 %, starboard 19 %. Measure again after a dry week. #hull14',
    pinned: true,
    shared: true,
  },
  {
    title: 'Winter storage',
    text: '- [x] Cradle numbers painted\n- [ ] Batteries home\n- [ ] Covers checked for mice',
    colour: 'sage',
  },
  { text: 'Epoxy: nothing below 12 degrees, whatever the tin says.', colour: 'straw', labels: ['shop'] },
];
const ceramics: Told[] = [
  { title: 'Glaze 7, second try', text: 'Two parts less tin. Crawls at the rim when thick. #glaze', pinned: true },
  {
    title: 'Market stall',
    text: '- [ ] Cash box\n- [ ] Tablecloth, the long one\n- [x] Price cards',
    labels: ['market'],
    colour: 'sky',
    shared: true,
  },
  { text: 'Kiln two runs 15 degrees cold at the top shelf.', colour: 'clay', labels: ['kiln'] },
];

const told: Record<DemoOrganisation['trade'], Told[]> = { upholstery, boats, ceramics };

export const demo: Demo<typeof notes.contract> = {
  async tell({ now, organisations, ask }) {
    let count = 0;
    for (const organisation of organisations) {
      const owner = organisation.people[0]!;
      const list = told[organisation.trade];
      // The last one of the list was written first, so that the wall stands as it is listed.
      for (const [place, { later, shared, ...note }] of [...list.entries()].reverse()) {
        const at = now.subtract({ hours: 20 + place * 53 });
        const made = await ask<Note>(owner, at, { method: 'POST', path: '/notes', body: note });
        const path = `/notes/${made.id}`;
        if (shared)
          await ask(owner, at, {
            method: 'PUT',
            path: `${path}/sharing/${organisation.id}`,
            body: { kind: 'organisation', access: 'edit' },
          });
        if (later) await ask(owner, at.add({ hours: 3 }), { method: 'PATCH', path, body: { text: later } });
        count += 1;
      }
    }
    return { notes: count };
  },
};
