// `npm run test:outage` prints the table of docs/reliability.md.
await import('../outage/outage.ts');
