package dev.supcon.runner.layout;

import dev.supcon.runner.layout.Lists.Line;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Oxford-IIIT Pets (robots.ox.ac.uk/~vgg/data/pets): {@code annotations/trainval.txt} and {@code
 * test.txt} of lines {@code Abyssinian_201 1 1 1}, an image of {@code images} and the number of its
 * breed, counted from 1. The breed's name is the image's without its number.
 */
record OxfordPets() implements Layout {
  private static final String TRAIN = "annotations/trainval.txt";
  private static final String TEST = "annotations/test.txt";

  @Override
  public Listing list(SourceFiles files) throws IOException {
    Lists lists = files.lists(TRAIN, TEST);
    List<Pet> pets = new ArrayList<>();
    for (String end : new String[] {TRAIN, TEST}) {
      for (Line line : lists.lines(end)) {
        pets.add(Pet.of(files, line, end.equals(TEST)));
      }
    }
    Enrolment images = Enrolment.named(files);
    breeds(files, pets).values().forEach(pet -> images.addClass(pet.at(), pet.breed()));
    String folder = lists.folder(TRAIN) + "images/";
    for (Pet pet : pets) {
      images.add(pet.at(), folder + pet.image() + ".jpg", pet.breed(), pet.test());
    }
    return images.finish();
  }

  /** The first pet of each breed, by the breed's number. */
  private static Map<Integer, Pet> breeds(SourceFiles files, List<Pet> pets) {
    Map<Integer, Pet> breeds = new TreeMap<>();
    for (Pet pet : pets) {
      Pet first = breeds.putIfAbsent(pet.number(), pet);
      if (first != null && !first.breed().equals(pet.breed())) {
        throw files.refused(
            pet.at(),
            "has class %d for %s, which is %s by %s"
                .formatted(pet.number(), pet.breed(), first.breed(), first.at()));
      }
    }
    return breeds;
  }

  private record Pet(String at, String image, String breed, int number, boolean test) {

    static Pet of(SourceFiles files, Line line, boolean test) {
      String[] words = line.text().split(" +", -1);
      if (words.length != 4 || !words[0].contains("_") || !words[1].matches("[1-9][0-9]{0,3}")) {
        throw files.refused(
            line.toString(), "is not `image class species breed`; download the list again");
      }
      String breed = words[0].substring(0, words[0].lastIndexOf('_'));
      return new Pet(line.toString(), words[0], breed, Integer.parseInt(words[1]), test);
    }
  }
}
