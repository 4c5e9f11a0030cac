// The controls of Mantine that screens use, in the console’s theme. Others come from `@mantine/core`, which is shared
// too but large: the browser fetches all of it with the first plugin that asks.
export {
  ActionIcon,
  Badge,
  Button,
  Checkbox,
  Kbd,
  Menu,
  MultiSelect,
  PasswordInput,
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
export { NumberInput } from './NumberInput.tsx';
