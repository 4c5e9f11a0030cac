import IconActivityHeartbeat from '@tabler/icons-react/icons/IconActivityHeartbeat';
import IconAdjustmentsHorizontal from '@tabler/icons-react/icons/IconAdjustmentsHorizontal';
import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle';
import IconArchive from '@tabler/icons-react/icons/IconArchive';
import IconArrowBackUp from '@tabler/icons-react/icons/IconArrowBackUp';
import IconArrowDown from '@tabler/icons-react/icons/IconArrowDown';
import IconArrowRight from '@tabler/icons-react/icons/IconArrowRight';
import IconArrowUp from '@tabler/icons-react/icons/IconArrowUp';
import IconBell from '@tabler/icons-react/icons/IconBell';
import IconBook from '@tabler/icons-react/icons/IconBook';
import IconBookmark from '@tabler/icons-react/icons/IconBookmark';
import IconBriefcase from '@tabler/icons-react/icons/IconBriefcase';
import IconBuilding from '@tabler/icons-react/icons/IconBuilding';
import IconBuildingStore from '@tabler/icons-react/icons/IconBuildingStore';
import IconCalendar from '@tabler/icons-react/icons/IconCalendar';
import IconCalendarEvent from '@tabler/icons-react/icons/IconCalendarEvent';
import IconCalendarPlus from '@tabler/icons-react/icons/IconCalendarPlus';
import IconChartBar from '@tabler/icons-react/icons/IconChartBar';
import IconCheck from '@tabler/icons-react/icons/IconCheck';
import IconCheckbox from '@tabler/icons-react/icons/IconCheckbox';
import IconChevronDown from '@tabler/icons-react/icons/IconChevronDown';
import IconChevronLeft from '@tabler/icons-react/icons/IconChevronLeft';
import IconChevronRight from '@tabler/icons-react/icons/IconChevronRight';
import IconChevronUp from '@tabler/icons-react/icons/IconChevronUp';
import IconClock from '@tabler/icons-react/icons/IconClock';
import IconClockHour4 from '@tabler/icons-react/icons/IconClockHour4';
import IconCode from '@tabler/icons-react/icons/IconCode';
import IconCopy from '@tabler/icons-react/icons/IconCopy';
import IconCornerDownLeft from '@tabler/icons-react/icons/IconCornerDownLeft';
import IconCreditCard from '@tabler/icons-react/icons/IconCreditCard';
import IconDatabase from '@tabler/icons-react/icons/IconDatabase';
import IconDeviceDesktop from '@tabler/icons-react/icons/IconDeviceDesktop';
import IconDeviceMobile from '@tabler/icons-react/icons/IconDeviceMobile';
import IconDots from '@tabler/icons-react/icons/IconDots';
import IconDownload from '@tabler/icons-react/icons/IconDownload';
import IconExternalLink from '@tabler/icons-react/icons/IconExternalLink';
import IconEye from '@tabler/icons-react/icons/IconEye';
import IconFileText from '@tabler/icons-react/icons/IconFileText';
import IconFilter from '@tabler/icons-react/icons/IconFilter';
import IconFlag from '@tabler/icons-react/icons/IconFlag';
import IconFolder from '@tabler/icons-react/icons/IconFolder';
import IconFolders from '@tabler/icons-react/icons/IconFolders';
import IconGift from '@tabler/icons-react/icons/IconGift';
import IconGripVertical from '@tabler/icons-react/icons/IconGripVertical';
import IconHistory from '@tabler/icons-react/icons/IconHistory';
import IconHome from '@tabler/icons-react/icons/IconHome';
import IconInbox from '@tabler/icons-react/icons/IconInbox';
import IconInfoCircle from '@tabler/icons-react/icons/IconInfoCircle';
import IconKey from '@tabler/icons-react/icons/IconKey';
import IconKeyboard from '@tabler/icons-react/icons/IconKeyboard';
import IconLayoutKanban from '@tabler/icons-react/icons/IconLayoutKanban';
import IconLayoutSidebarLeftCollapse from '@tabler/icons-react/icons/IconLayoutSidebarLeftCollapse';
import IconLink from '@tabler/icons-react/icons/IconLink';
import IconList from '@tabler/icons-react/icons/IconList';
import IconListCheck from '@tabler/icons-react/icons/IconListCheck';
import IconLock from '@tabler/icons-react/icons/IconLock';
import IconLogout from '@tabler/icons-react/icons/IconLogout';
import IconMail from '@tabler/icons-react/icons/IconMail';
import IconMailOpened from '@tabler/icons-react/icons/IconMailOpened';
import IconMapPin from '@tabler/icons-react/icons/IconMapPin';
import IconMenu2 from '@tabler/icons-react/icons/IconMenu2';
import IconMessage from '@tabler/icons-react/icons/IconMessage';
import IconMoon from '@tabler/icons-react/icons/IconMoon';
import IconNote from '@tabler/icons-react/icons/IconNote';
import IconPackage from '@tabler/icons-react/icons/IconPackage';
import IconPalette from '@tabler/icons-react/icons/IconPalette';
import IconPaperclip from '@tabler/icons-react/icons/IconPaperclip';
import IconPencil from '@tabler/icons-react/icons/IconPencil';
import IconPhone from '@tabler/icons-react/icons/IconPhone';
import IconPhoto from '@tabler/icons-react/icons/IconPhoto';
import IconPin from '@tabler/icons-react/icons/IconPin';
import IconPinFilled from '@tabler/icons-react/icons/IconPinFilled';
import IconPlayerPlayFilled from '@tabler/icons-react/icons/IconPlayerPlayFilled';
import IconPlayerStopFilled from '@tabler/icons-react/icons/IconPlayerStopFilled';
import IconPlug from '@tabler/icons-react/icons/IconPlug';
import IconPlugOff from '@tabler/icons-react/icons/IconPlugOff';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import IconPuzzle from '@tabler/icons-react/icons/IconPuzzle';
import IconReceipt from '@tabler/icons-react/icons/IconReceipt';
import IconRepeat from '@tabler/icons-react/icons/IconRepeat';
import IconRocket from '@tabler/icons-react/icons/IconRocket';
import IconRotateClockwise from '@tabler/icons-react/icons/IconRotateClockwise';
import IconSearch from '@tabler/icons-react/icons/IconSearch';
import IconSend from '@tabler/icons-react/icons/IconSend';
import IconSettings from '@tabler/icons-react/icons/IconSettings';
import IconShield from '@tabler/icons-react/icons/IconShield';
import IconShoppingCart from '@tabler/icons-react/icons/IconShoppingCart';
import IconStar from '@tabler/icons-react/icons/IconStar';
import IconSun from '@tabler/icons-react/icons/IconSun';
import IconTag from '@tabler/icons-react/icons/IconTag';
import IconTool from '@tabler/icons-react/icons/IconTool';
import IconTopologyStar3 from '@tabler/icons-react/icons/IconTopologyStar3';
import IconTrash from '@tabler/icons-react/icons/IconTrash';
import IconTruck from '@tabler/icons-react/icons/IconTruck';
import IconUpload from '@tabler/icons-react/icons/IconUpload';
import IconUser from '@tabler/icons-react/icons/IconUser';
import IconUserCircle from '@tabler/icons-react/icons/IconUserCircle';
import IconUserPlus from '@tabler/icons-react/icons/IconUserPlus';
import IconUsers from '@tabler/icons-react/icons/IconUsers';
import IconWallet from '@tabler/icons-react/icons/IconWallet';
import IconWorld from '@tabler/icons-react/icons/IconWorld';
import IconX from '@tabler/icons-react/icons/IconX';

// One file per icon: the package's own index names six thousand.

/** The icons that come with the console, by their Tabler names. */
export const icons = {
  'activity-heartbeat': IconActivityHeartbeat,
  'adjustments-horizontal': IconAdjustmentsHorizontal,
  'alert-triangle': IconAlertTriangle,
  archive: IconArchive,
  'arrow-back-up': IconArrowBackUp,
  'arrow-down': IconArrowDown,
  'arrow-right': IconArrowRight,
  'arrow-up': IconArrowUp,
  bell: IconBell,
  book: IconBook,
  bookmark: IconBookmark,
  briefcase: IconBriefcase,
  building: IconBuilding,
  'building-store': IconBuildingStore,
  calendar: IconCalendar,
  'calendar-event': IconCalendarEvent,
  'calendar-plus': IconCalendarPlus,
  'chart-bar': IconChartBar,
  check: IconCheck,
  checkbox: IconCheckbox,
  'chevron-down': IconChevronDown,
  'chevron-left': IconChevronLeft,
  'chevron-right': IconChevronRight,
  'chevron-up': IconChevronUp,
  clock: IconClock,
  'clock-hour-4': IconClockHour4,
  code: IconCode,
  copy: IconCopy,
  'corner-down-left': IconCornerDownLeft,
  'credit-card': IconCreditCard,
  database: IconDatabase,
  'device-desktop': IconDeviceDesktop,
  'device-mobile': IconDeviceMobile,
  dots: IconDots,
  download: IconDownload,
  'external-link': IconExternalLink,
  eye: IconEye,
  'file-text': IconFileText,
  filter: IconFilter,
  flag: IconFlag,
  folder: IconFolder,
  folders: IconFolders,
  gift: IconGift,
  'grip-vertical': IconGripVertical,
  history: IconHistory,
  home: IconHome,
  inbox: IconInbox,
  'info-circle': IconInfoCircle,
  key: IconKey,
  keyboard: IconKeyboard,
  'layout-kanban': IconLayoutKanban,
  'layout-sidebar-left-collapse': IconLayoutSidebarLeftCollapse,
  link: IconLink,
  list: IconList,
  'list-check': IconListCheck,
  lock: IconLock,
  logout: IconLogout,
  mail: IconMail,
  'mail-opened': IconMailOpened,
  'map-pin': IconMapPin,
  'menu-2': IconMenu2,
  message: IconMessage,
  moon: IconMoon,
  note: IconNote,
  package: IconPackage,
  paperclip: IconPaperclip,
  palette: IconPalette,
  pencil: IconPencil,
  phone: IconPhone,
  photo: IconPhoto,
  pin: IconPin,
  'pin-filled': IconPinFilled,
  'player-play-filled': IconPlayerPlayFilled,
  'player-stop-filled': IconPlayerStopFilled,
  plug: IconPlug,
  'plug-off': IconPlugOff,
  plus: IconPlus,
  puzzle: IconPuzzle,
  receipt: IconReceipt,
  repeat: IconRepeat,
  rocket: IconRocket,
  'rotate-clockwise': IconRotateClockwise,
  search: IconSearch,
  send: IconSend,
  settings: IconSettings,
  shield: IconShield,
  'shopping-cart': IconShoppingCart,
  star: IconStar,
  sun: IconSun,
  tag: IconTag,
  tool: IconTool,
  'topology-star-3': IconTopologyStar3,
  trash: IconTrash,
  truck: IconTruck,
  upload: IconUpload,
  user: IconUser,
  'user-circle': IconUserCircle,
  'user-plus': IconUserPlus,
  users: IconUsers,
  wallet: IconWallet,
  world: IconWorld,
  x: IconX,
};

export type IconName = keyof typeof icons;
