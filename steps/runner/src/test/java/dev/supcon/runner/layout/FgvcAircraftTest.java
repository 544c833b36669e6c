package dev.supcon.runner.layout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Names are of the official archive, fgvc-aircraft-2013b.tar.gz; which image is which is not. */
class FgvcAircraftTest {
  private static final FgvcAircraft AIRCRAFT = new FgvcAircraft();
  private static final String DATA = "fgvc-aircraft-2013b/data/";

  private static Corpus corpus() {
    Corpus corpus =
        new Corpus()
            .list(DATA + "variants.txt", "707-320", "DHC-8-100", "F/A-18", "Gulfstream IV")
            .list(DATA + "families.txt", "Boeing 707")
            .list(DATA + "images_family_train.txt", "1025794 Boeing 707")
            .list(
                DATA + "images_variant_train.txt",
                "1025794 707-320",
                "0481847 F/A-18",
                "0481848 DHC-8-100",
                "0481849 Gulfstream IV")
            .list(
                DATA + "images_variant_val.txt",
                "1340192 707-320",
                "0581847 F/A-18",
                "0581848 DHC-8-100",
                "0581849 Gulfstream IV")
            .list(
                DATA + "images_variant_test.txt",
                "1514522 707-320",
                "0681847 F/A-18",
                "0681848 DHC-8-100",
                "0681849 Gulfstream IV");
    for (String part : new String[] {"4", "5", "6"}) {
      for (String number : new String[] {"847", "848", "849"}) {
        corpus.images(DATA + "images/0" + part + "81" + number + ".jpg");
      }
    }
    return corpus.images(
        DATA + "images/1025794.jpg", DATA + "images/1340192.jpg", DATA + "images/1514522.jpg");
  }

  @Test
  void variantsMayHaveBlanksAndSlashesAndStandInTheirListsOrder() {
    assertThat(corpus().list(AIRCRAFT).classNames())
        .containsExactly("707-320", "DHC-8-100", "F/A-18", "Gulfstream IV");
    assertThat(corpus().paths(AIRCRAFT, "Gulfstream IV", true))
        .containsExactly(DATA + "images/0681849.jpg");
  }

  @Test
  void theValidationPartTrains() {
    assertThat(corpus().paths(AIRCRAFT, "707-320", false))
        .containsExactly(DATA + "images/1025794.jpg", DATA + "images/1340192.jpg");
  }

  @Test
  void aLineWithoutVariantIsRefused() {
    corpus()
        .list(DATA + "images_variant_val.txt", "1340192 707-320", "0581847")
        .refused(AIRCRAFT, "images_variant_val.txt line 2 is no image and variant");
  }
}
