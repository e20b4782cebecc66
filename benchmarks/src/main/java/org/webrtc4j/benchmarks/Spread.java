package org.webrtc4j.benchmarks;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * One figure of several rounds.
 *
 * @param least of the rounds
 * @param median of the rounds
 * @param most of the rounds
 * @param rounds each by itself, in their order
 */
public record Spread(double least, double median, double most, List<Double> rounds) {

    /**
     * Collects a figure.
     *
     * @param results of the rounds
     * @param figure what is looked at
     * @param <T> what a round gives
     * @return its spread, NaN of no rounds
     */
    public static <T> Spread of(List<T> results, ToDoubleFunction<T> figure) {
        double[] values = results.stream().mapToDouble(figure).toArray();
        return new Spread(
                Quantiles.of(values, 0),
                Quantiles.of(values, 0.5),
                Quantiles.of(values, 1),
                Arrays.stream(values).boxed().toList());
    }

    /**
     * Writes median and range.
     *
     * @param digits behind the point
     * @return a text for a table
     */
    public String text(int digits) {
        String number = "%." + digits + "f";
        return String.format(Locale.ROOT, number + " [" + number + ", " + number + "]", median, least, most);
    }

    /**
     * Writes everything.
     *
     * @return an object
     */
    public JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("median", median);
        json.addProperty("least", least);
        json.addProperty("most", most);
        JsonArray all = new JsonArray();
        rounds.forEach(all::add);
        json.add("rounds", all);
        return json;
    }
}
