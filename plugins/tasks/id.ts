import { z } from 'zod';

/** An id as PostgreSQL gives it back, so that ids can be compared as text. */
export const Id = () => z.uuid().toLowerCase();
