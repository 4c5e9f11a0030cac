import type { DemoOrganisation, OrganisationRole } from '@task-connect/sdk';

// Who is in the demo: three small firms, forty people, from Santiago to Auckland. Their addresses end in .example, which
// no mail can reach (RFC 2606).

export type CastPerson = { name: string; role: OrganisationRole; zone: string; locale: string };
export type CastOrganisation = Pick<DemoOrganisation, 'name' | 'trade'> & {
  domain: string;
  people: readonly CastPerson[];
  /** Who belongs to it besides, by name. */
  also: Readonly<Record<string, OrganisationRole>>;
};

const person = (name: string, role: OrganisationRole, zone: string, locale: string): CastPerson => ({
  name,
  role,
  zone,
  locale,
});

export const cast: readonly CastOrganisation[] = [
  {
    name: 'Lantern Yard',
    trade: 'upholstery',
    domain: 'lantern-yard.example',
    people: [
      person('Ines Calder', 'owner', 'Europe/Berlin', 'en-GB'),
      person('Tomas Reyl', 'manager', 'Europe/Berlin', 'de-DE'),
      person('Wanda Okafor', 'manager', 'Europe/London', 'en-GB'),
      person('Piet Hoogland', 'member', 'Europe/Amsterdam', 'nl-NL'),
      person('Marta Lindqvist', 'member', 'Europe/Stockholm', 'sv-SE'),
      person('Yusuf Demir', 'member', 'Europe/Istanbul', 'tr-TR'),
      person('Clara Bianchi', 'member', 'Europe/Rome', 'it-IT'),
      person('Jonas Feld', 'member', 'Europe/Berlin', 'de-DE'),
      person('Greta Voss', 'member', 'Europe/Berlin', 'de-DE'),
      person('Noor el-Amin', 'member', 'Africa/Cairo', 'ar-EG'),
      person('Samuel Price', 'member', 'America/New_York', 'en-US'),
      person('Lucie Moreau', 'member', 'Europe/Paris', 'fr-FR'),
      person('Henrik Dahl', 'member', 'Europe/Copenhagen', 'da-DK'),
      person('Aiko Tanabe', 'member', 'Asia/Tokyo', 'ja-JP'),
      person('Rosa Tamblyn', 'guest', 'Europe/London', 'en-GB'),
      person('Emil Ferris', 'guest', 'Europe/Dublin', 'en-IE'),
    ],
    also: {},
  },
  {
    name: 'Halvorsen Boatyard',
    trade: 'boats',
    domain: 'halvorsen-boats.example',
    people: [
      person('Sigrid Halvorsen', 'owner', 'Europe/Oslo', 'nb-NO'),
      person('Magnus Halvorsen', 'manager', 'Europe/Oslo', 'nb-NO'),
      person('Eilidh MacLeod', 'member', 'Europe/London', 'en-GB'),
      person('Tor Nygaard', 'member', 'Europe/Oslo', 'nb-NO'),
      person('Brita Solheim', 'member', 'Europe/Oslo', 'nb-NO'),
      person('Kaisa Virtanen', 'member', 'Europe/Helsinki', 'fi-FI'),
      person('Owen Tregear', 'member', 'Europe/London', 'en-GB'),
      person('Anouk Leclerc', 'member', 'America/Halifax', 'fr-CA'),
      person('Diego Paredes', 'member', 'America/Santiago', 'es-CL'),
      person('Ragna Jónsdóttir', 'member', 'Atlantic/Reykjavik', 'is-IS'),
      person('Mikkel Juhl', 'member', 'Europe/Copenhagen', 'da-DK'),
      person('Hana Kovář', 'member', 'Europe/Prague', 'cs-CZ'),
      person('Peter Ngata', 'guest', 'Pacific/Auckland', 'en-NZ'),
      person('Liv Aasen', 'guest', 'Europe/Oslo', 'nb-NO'),
    ],
    also: { 'Ines Calder': 'member' },
  },
  {
    name: 'Ribeira Ceramics',
    trade: 'ceramics',
    domain: 'ribeira-ceramics.example',
    people: [
      person('Beatriz Nogueira', 'owner', 'Europe/Lisbon', 'pt-PT'),
      person('Rui Sampaio', 'manager', 'Europe/Lisbon', 'pt-PT'),
      person('Keiko Mori', 'member', 'Asia/Tokyo', 'ja-JP'),
      person('João Valente', 'member', 'America/Sao_Paulo', 'pt-BR'),
      person('Amara Diallo', 'member', 'Africa/Dakar', 'fr-SN'),
      person('Priya Raman', 'member', 'Asia/Kolkata', 'en-IN'),
      person('Callum Reid', 'member', 'Australia/Sydney', 'en-AU'),
      person('Inês Falcão', 'member', 'Atlantic/Azores', 'pt-PT'),
      person('Sofia Marques', 'guest', 'Europe/Lisbon', 'pt-PT'),
      person('Daniel Roth', 'guest', 'Europe/Zurich', 'de-CH'),
    ],
    also: { 'Ines Calder': 'guest', 'Tomas Reyl': 'member' },
  },
];

/** Who signs in: the owner of the first organisation. */
export const demoOwner = 'ines.calder@lantern-yard.example';

/** `Ragna Jónsdóttir` is ragna.jonsdottir@…. */
export const addressOf = (name: string, domain: string): string => {
  const plain = name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return `${plain.replaceAll(/[^a-z]+/g, '.')}@${domain}`;
};
