package dev.supcon.operator.mirror;

/** What is asked for in one namespace's places. */
interface OfTenant {
  Whereabouts tenant();
}
