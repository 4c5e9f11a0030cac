/** Throws when the test asked for a fault at this place: `globalThis.tcFault = 'widget'`. */
export function faultAt(place: string): void {
  if ((globalThis as { tcFault?: string }).tcFault === place) throw new Error(`no steam at the ${place}`);
}

export function useFault<Value>(place: string, value: Value): Value {
  faultAt(place);
  return value;
}
