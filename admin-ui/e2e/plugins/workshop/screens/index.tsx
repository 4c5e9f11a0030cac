import { defineScreens, type Found } from '@task-connect/console';
import { lazy } from 'react';
import { Bench } from './Bench.tsx';
import { Booth } from './Booth.tsx';
import { Colours } from './Colours.tsx';
import { faultAt, useFault } from './fault.ts';
import { Kettle } from './Kettle.tsx';

const Cellar = lazy(async () => ({ default: (await import('./Cellar.tsx')).Cellar }));

const shelves = ['Awl', 'Awning cloth', 'Beeswax'];

async function find(text: string): Promise<Found[]> {
  faultAt('find');
  return shelves
    .filter((title) => title.toLowerCase().includes(text.toLowerCase()))
    .map((title) => ({ title, detail: 'on the shelf', icon: 'note', to: `/workshop/${title.toLowerCase()}` }));
}

export default defineScreens({
  plugin: 'workshop',
  menu: [
    { title: 'Workshop', path: '/workshop', icon: 'note', key: 'w', useCount: () => useFault('count', 3) },
    { title: 'Cellar', path: '/workshop/cellar', icon: 'archive' },
  ],
  pages: [
    { path: '/workshop', component: Bench },
    { path: '/workshop/cellar', component: Cellar },
    { path: '/workshop/:thing', component: Bench },
  ],
  widgets: [
    { id: 'kettle', title: 'Kettle', place: 'main', component: Kettle },
    { id: 'bench', title: 'Bench', place: 'end', component: () => <p>The bench is free.</p> },
  ],
  settings: [{ title: 'Colours of the shop', component: Colours }],
  publicPages: [{ path: '/public/workshop/:booth', component: Booth }],
  actions: [{ title: 'Sweep the floor', icon: 'check', run: () => document.body.setAttribute('data-swept', 'yes') }],
  find,
});
