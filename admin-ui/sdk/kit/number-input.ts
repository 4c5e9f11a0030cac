// A file of its own, so that it can come by itself.
export { NumberInput } from '@mantine/core';
