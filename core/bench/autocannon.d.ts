// What load.ts uses of autocannon, which brings no types.
declare module 'autocannon' {
  export type Result = {
    duration: number;
    '2xx': number;
    non2xx: number;
    errors: number;
    latency: { p99: number };
  };
  export default function autocannon(options: {
    url: string;
    connections: number;
    duration: number;
    method?: string;
    headers?: Record<string, string>;
    body?: string | undefined;
  }): Promise<Result>;
}
