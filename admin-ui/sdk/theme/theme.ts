import {
  ActionIcon,
  Badge,
  Button,
  Checkbox,
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  Kbd,
  Menu,
  MultiSelect,
  PasswordInput,
  Pill,
  SegmentedControl,
  Select,
  Skeleton,
  Switch,
  Tabs,
  TagsInput,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core';
import css from './theme.module.css';

// Classes, not the `styles` prop: that one writes a style into every element.
const input = { input: css.input!, label: css.label!, description: css.help!, error: css.error! };

/** The console’s theme for Mantine; the colours themselves are the tokens of tokens.css. */
export const theme = createTheme({
  fontFamily: '"Hanken Grotesk Variable", system-ui, sans-serif',
  fontFamilyMonospace: '"JetBrains Mono Variable", ui-monospace, monospace',
  colors: {
    spruce: [
      '#eef6f2',
      '#e1efe9',
      '#bfdfd3',
      '#8fcbb7',
      '#56bf9f',
      '#2f9c80',
      '#16806a',
      '#0b6b58',
      '#0a5f4e',
      '#084a3d',
    ],
    brick: [
      '#fdf4f2',
      '#fbeae6',
      '#f5cfc7',
      '#f3b0a2',
      '#f0907e',
      '#e5674f',
      '#c8462f',
      '#ab3424',
      '#932a1c',
      '#7a2116',
    ],
    gray: [
      '#f8f9f6',
      '#f3f4f1',
      '#eef0eb',
      '#e2e5de',
      '#c9cec5',
      '#a7aea7',
      '#858e86',
      '#5f6861',
      '#4c554f',
      '#1a1f1c',
    ],
    dark: [
      '#e6eae7',
      '#b3bbb5',
      '#949e97',
      '#727c75',
      '#3d4541',
      '#2a302d',
      '#242a27',
      '#181c1a',
      '#111412',
      '#0b0d0c',
    ],
  },
  primaryColor: 'spruce',
  primaryShade: { light: 7, dark: 4 },
  // autoContrast reads the light shade only and puts white on light green in the dark scheme, so filled asks our token.
  variantColorResolver: (given) => ({
    ...defaultVariantColorsResolver(given),
    ...(given.variant === 'filled' && { color: 'var(--on-accent)' }),
  }),
  defaultRadius: 'sm',
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '6px', xl: '6px' },
  fontSizes: { xs: '.75rem', sm: '.8125rem', md: '.875rem', lg: '1rem', xl: '1.25rem' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.5', xl: '1.3' },
  spacing: { xs: '.25rem', sm: '.5rem', md: '.75rem', lg: '1.25rem', xl: '2rem' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.625rem', lineHeight: '1.2' },
      h2: { fontSize: '.875rem', lineHeight: '1.4' },
      h3: { fontSize: '.875rem', lineHeight: '1.4' },
    },
  },
  breakpoints: { xs: '30em', sm: '48em', md: '64em', lg: '80em', xl: '100em' },
  shadows: { xs: 'none', sm: 'none', md: 'var(--pop)', lg: 'var(--pop)', xl: 'var(--pop)' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 28 } }),
    Badge: Badge.extend({ defaultProps: { variant: 'outline', radius: 'xs' }, classNames: { root: css.badge! } }),
    Button: Button.extend({ defaultProps: { size: 'sm', variant: 'default' }, classNames: { root: css.button! } }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'xs', radius: 'xs' }, classNames: { input: css.check! } }),
    Kbd: Kbd.extend({ classNames: { root: css.kbd! } }),
    Menu: Menu.extend({
      defaultProps: { shadow: 'md', transitionProps: { duration: 120 } },
      classNames: { dropdown: css.menu!, item: css.menuItem! },
    }),
    MultiSelect: MultiSelect.extend({ defaultProps: { size: 'sm' }, classNames: input }),
    // Named and not taken from Mantine: that would bring it with every first visit.
    NumberInput: { defaultProps: { size: 'sm', hideControls: true }, classNames: input },
    PasswordInput: PasswordInput.extend({ defaultProps: { size: 'sm' }, classNames: input }),
    Pill: Pill.extend({ defaultProps: { radius: 'xs' } }),
    SegmentedControl: SegmentedControl.extend({
      defaultProps: { size: 'xs', withItemsBorders: false },
      classNames: { root: css.segments! },
    }),
    Select: Select.extend({ defaultProps: { size: 'sm' }, classNames: input }),
    Skeleton: Skeleton.extend({ defaultProps: { animate: false, radius: 'xs' }, classNames: { root: css.skeleton! } }),
    Switch: Switch.extend({
      defaultProps: { size: 'sm', withThumbIndicator: false },
      classNames: { description: css.switchHelp! },
    }),
    Tabs: Tabs.extend({ classNames: { tab: css.tab! } }),
    TagsInput: TagsInput.extend({ defaultProps: { size: 'sm' }, classNames: input }),
    Textarea: Textarea.extend({ defaultProps: { size: 'sm' }, classNames: input }),
    TextInput: TextInput.extend({ defaultProps: { size: 'sm' }, classNames: input }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 350, withArrow: false },
      classNames: { tooltip: css.tooltip! },
    }),
  },
});

const variables = {
  '--mantine-color-body': 'var(--frame)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-3)',
  '--mantine-color-placeholder': 'var(--ink-3)',
  '--mantine-color-default': 'var(--sheet)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line-2)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-primary-color-contrast': 'var(--on-accent)',
  '--table-border-color': 'var(--line)',
};

/** Lets Mantine’s own colours follow the tokens. */
export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: variables, dark: variables });
