import { type Found, type Hue, navigate } from '@task-connect/console';
import { useStore } from '@task-connect/console/shell';
import { useEffect, useState } from 'react';
import { type PluginScreens, pluginScreens } from '../plugin-screens.ts';
import type { Command } from './commands.ts';

const least = 2;
const mostOfOne = 8;
const pauseMs = 150;

type Answers = { found: readonly Command[]; failed: readonly string[]; waiting: boolean };

const nothing: Answers = { found: [], failed: [], waiting: false };

/**
 * What the plugins find for the words that are typed. One that fails or hangs keeps nobody else’s answer back; `failed`
 * are the titles of those that failed.
 */
export function useFound(text: string): Answers {
  const plugins = useStore(pluginScreens);
  const [answers, setAnswers] = useState(nothing);
  const typed = text.trim();
  useEffect(() => {
    const asked = plugins.filter(({ screens }) => screens?.find);
    if (typed.length < least || asked.length === 0) {
      setAnswers(nothing);
      return undefined;
    }
    let current = true;
    const found: Command[] = [];
    const failed: string[] = [];
    let open = asked.length;
    const took = (plugin: PluginScreens, items: readonly Found[] | undefined) => {
      open -= 1;
      if (items) found.push(...items.slice(0, mostOfOne).map(commandOf(plugin)));
      else failed.push(plugin.title);
      if (current) setAnswers({ found: [...found], failed: [...failed], waiting: open > 0 });
    };
    // What was found before stays until there is something newer, so that the list does not jump with each letter.
    setAnswers((before) => ({ ...before, waiting: true }));
    const timer = setTimeout(() => {
      for (const plugin of asked) {
        // Within a promise, so that one that throws at once is as one that refuses.
        void Promise.resolve()
          .then(() => plugin.screens!.find!(typed))
          .then((items) => took(plugin, items))
          .catch(() => took(plugin, undefined));
      }
    }, pauseMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [typed, plugins]);
  return answers;
}

const commandOf =
  ({ plugin, hue }: { plugin: string; hue: Hue }) =>
  ({ title, detail, icon, to }: Found): Command => ({
    id: `${plugin} ${to}`,
    title,
    ...(detail === undefined ? {} : { detail }),
    icon,
    hue,
    kind: 'found',
    run: () => navigate(to),
  });
