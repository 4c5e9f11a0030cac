import type { Script } from '../redis/redis.ts';

// What the cache asks of Redis. The cache as a whole has an epoch and each tag a generation: random texts. A value
// is good while both are still those from before it was made. One that is missing matches nothing, so that whatever Redis
// forgets, alone or all at once, makes values end and never come back.

/** Keys: epoch, value, prefix of tags. Values: now, a fresh text, the tags. Gives the value, or the version to make. */
export const read: Script = {
  name: 'cache_read',
  keys: 3,
  lua: `local function current(key, fresh)
      local found = redis.call('get', key)
      if not found and fresh then found = fresh; redis.call('set', key, fresh, 'ex', 604800) end
      return found
    end
    local epoch = current(KEYS[1], ARGV[2])
    local kept = redis.call('hmget', KEYS[2], 'epoch', 'ends', 'tags', 'value')
    if kept[4] and kept[1] == epoch and tonumber(kept[2]) > tonumber(ARGV[1]) then
      local good = true
      for tag, generation in pairs(cjson.decode(kept[3])) do
        if current(KEYS[3] .. tag) ~= generation then good = false end
      end
      if good then return { 1, kept[4] } end
    end
    local version = { 0, epoch }
    for i = 3, #ARGV do version[i] = current(KEYS[3] .. ARGV[i], ARGV[2]) end
    return version`,
};

/** Keys: epoch, value, prefix of tags, lock. Values: fence, epoch, end, milliseconds, value, tags as JSON. */
export const keep: Script = {
  name: 'cache_keep',
  keys: 4,
  lua: `if redis.call('get', KEYS[4]) ~= ARGV[1] or redis.call('get', KEYS[1]) ~= ARGV[2] then return 0 end
    for tag, generation in pairs(cjson.decode(ARGV[6])) do
      if redis.call('get', KEYS[3] .. tag) ~= generation then return 0 end
    end
    redis.call('del', KEYS[2])
    redis.call('hset', KEYS[2], 'epoch', ARGV[2], 'ends', ARGV[3], 'tags', ARGV[6], 'value', ARGV[5])
    redis.call('pexpire', KEYS[2], ARGV[4])
    return 1`,
};

/** Ends a generation or the epoch. */
export const end: Script = { name: 'cache_end', keys: 1, lua: `return redis.call('del', KEYS[1])` };
