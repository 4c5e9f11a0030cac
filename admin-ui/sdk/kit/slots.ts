import { makeStore } from '../store.ts';

// Places in the shell that pages may fill: the panel at the side, and the line above the bar of a telephone.

export const sideSlot = makeStore<HTMLElement | null>(null);
export const captureSlot = makeStore<HTMLElement | null>(null);
