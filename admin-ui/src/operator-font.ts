// The font for names that a machine gave: events, queues, routes. Only the operator’s screens need it.
import '@fontsource-variable/jetbrains-mono/wght.css';
