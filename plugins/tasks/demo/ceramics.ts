import type { Trade } from './trade.ts';

/** Ribeira Ceramics: tableware for restaurants, a shop, courses on Saturdays. */
export const ceramics: Trade = {
  tasks: 450,
  projects: [
    { name: 'Autumn collection', notes: 'Six forms, three glazes. Photographs in September.' },
    { name: 'Glaze trials', parent: 'Autumn collection', notes: 'Write every recipe down, also the ugly ones.' },
  ],
  slots: {
    n: ['12', '24', '30', '48', '60'],
    form: ['soup plates', 'espresso cups', 'jugs', 'serving bowls', 'side plates', 'salt cellars', 'vases'],
    glaze: ['sea green', 'chalk white', 'iron red', 'celadon', 'tenmoku', 'salt grey'],
    batch: ['A', 'B', 'C', 'D', 'E', 'F'],
    kiln: ['large kiln', 'test kiln', 'gas kiln'],
    guest: ['Taberna do Rio', 'the Hotel Aliados', 'Casa Marques', 'Roth in Zurich', 'the museum shop', 'Cantina 32'],
    stuff: ['stoneware clay', 'feldspar', 'wax resist', 'kiln shelves', 'packing straw', 'cones 8'],
    thing: ['delivery', 'chips in the last lot', 'the sample', 'their logo', 'a second order'],
  },
  phrases: [
    ['Autumn collection', 'Throw {n} {form}', [120, 180, 240], 'wheel'],
    ['Autumn collection', 'Trim {n} {form}', [90, 150], 'wheel'],
    ['Autumn collection', 'Glaze {form} in {glaze}', [90, 120], 'glaze'],
    ['Autumn collection', 'Photograph the {form}', [60, 90], 'photos'],
    ['Autumn collection', 'Load the {kiln}, batch {batch}', [45, 60], 'kiln'],
    ['Autumn collection', 'Sort seconds among the {form}', [30, 45], 'shop'],
    ['Glaze trials', 'Mix {glaze}, trial {batch}', [45, 60], 'glaze'],
    ['Glaze trials', 'Fire trial {batch} in the {kiln}', [30, 45], 'kiln'],
    ['Glaze trials', 'Write down {glaze}, trial {batch}', [20, 30], 'glaze'],
    [null, 'Quote {n} {form} for {guest}', [20, 30], 'sales'],
    [null, 'Call {guest} about {thing}', [10, 15], 'sales'],
    [null, 'Pack {n} {form} for {guest}', [60, 90], 'shop'],
    [null, 'Order {stuff}', [15, 20], 'stock'],
    [null, 'Prepare the Saturday course', [60, 90], 'courses'],
    [null, 'Clean the glaze room', [45, 60], 'tidy'],
    [null, 'Invoice for {guest}', [15], 'books'],
  ],
  notes: [
    'Bisque at 980, glaze at 1240.',
    'They want the foot unglazed.',
    'One in ten goes: throw three more.',
    'Not on Mondays, the gas is read then.',
  ],
  steps: ['Wedge the clay', 'Throw', 'Trim', 'Mark the foot'],
  odd: ['Mail and the shop', 'Reclaimed clay', 'Waited for the kiln to cool', 'Saturday course'],
};
